"""Link: records that say the same thing, known as such."""
