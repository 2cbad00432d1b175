"""What an officer does, one class an area. The only writers; frozen records and ``Changes`` come back."""
