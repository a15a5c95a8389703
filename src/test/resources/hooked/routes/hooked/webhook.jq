[.changed[] as $c | {account: .user, collection: $c.list, externalId: $c.id, version: $c.version, payload: $c.object}]
