"""Quality visits: question sets as data, the rating with its working, samples, what is missing, what changed."""
