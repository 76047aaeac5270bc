select m.golden, o.id as alias from golden o join golden_member m on m.member = o.anchor
where m.golden = any (?) and o.id <> m.golden
