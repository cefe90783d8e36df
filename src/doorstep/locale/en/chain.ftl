### doorstep verify: check the hash chains of the ledger.

chain-looking = Checking the ledger …
chain-so-far = Checking the ledger: { $cases } cases, { $rows } rows …
chain-sound = All is as it was written: { $cases } cases, { $rows } rows.
chain-unsound = { $count ->
    [one] One thing is not as it was written:
   *[other] { $count } things are not as they were written:
}
chain-more = And { $count } more.
chain-fault-changed = Case { $case }, row { $seq }: what it says does not fit its hash; it was changed after it was written.
chain-fault-cut = Case { $case }, row { $seq }: it does not follow the row before; something before it was exchanged.
chain-fault-skipped = Case { $case }, row { $seq }: the numbers are not in order; a row was taken away.
chain-fault-leapt = Case { $case }, row { $seq }: it does not begin where the row before ended.
chain-fault-strayed = Case { $case }: it does not stand where its last row left it.
chain-fault-reworded = Case { $case }, row { $seq }: the words do not fit the hash in the ledger; they were changed.
