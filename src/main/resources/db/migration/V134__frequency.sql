-- How common the values of one changed record are is asked by value.
create index match_frequency_value on match_frequency (value);
