"""The Providers tab: providers, their services, ratings, visits, actions and places on agreements."""
