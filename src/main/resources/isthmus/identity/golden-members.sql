delete from golden_member m using golden_move x where x.member = m.member and x.to_golden is null;
insert into golden_member select member, to_golden from golden_move where to_golden is not null
on conflict (member) do update set golden = excluded.golden
