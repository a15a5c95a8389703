# The account behind the token.
{account}
