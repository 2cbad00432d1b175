"""Persistence: the desk file, its tables, repositories, migrations and backups. The only place with SQL."""
