[.[] | {externalId: ., version: null, payload: null}]
