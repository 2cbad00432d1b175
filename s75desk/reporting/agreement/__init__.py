"""What an agreement briefing says, one module a group of sections; ``agreement_briefing`` puts them together.

Each builder takes the dossier and returns a ``Part``: the blocks of its section, none if there is nothing to say,
and the sentences that "What is not known" must then carry. Words come from ``domain.wording`` and statuses from the
rules; nothing is worked out here that a rule works out.
"""
