"""What operators see: metrics, health, and a log that machines can read; fed by values."""
