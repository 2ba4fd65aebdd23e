"""Who is out, and safe: roll calls, SOS, orders to crews and what they report back."""
