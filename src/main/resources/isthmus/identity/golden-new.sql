select distinct n.anchor from golden_now n where not exists (select from golden g where g.anchor = n.anchor)
order by n.anchor
