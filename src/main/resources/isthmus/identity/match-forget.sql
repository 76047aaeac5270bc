create unique index on match_stale (n);
analyze match_stale;
-- Two statements: with "or" between them neither index serves, and one changed record would read all pairs.
delete from public.match_pair p using match_stale t where p.left_no = t.no;
delete from public.match_pair p using match_stale t where p.right_no = t.no;
delete from match_key k using match_stale t where k.no = t.no;
delete from match_twin k using match_stale t where k.no = t.no;
delete from match_number n using match_stale t where n.no = t.no;
delete from public.match_subject s using match_stale t where s.no = t.no
