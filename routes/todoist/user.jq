# The account behind the token. The user's id is what webhooks name the account by.
{account: .email, endpoints: {userId: .id, timezone: (.tz_info.timezone // "UTC")}}
