create temporary table match_limit (model text, version text, link double precision, review double precision, within text) on commit drop
