"""The one door to the database: conversations, turns and setups, each verb one short transaction."""
