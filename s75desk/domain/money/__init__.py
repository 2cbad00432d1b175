"""The money of an agreement: amounts as typed, the ledger, the pooled fund, the plan over the term, totals."""
