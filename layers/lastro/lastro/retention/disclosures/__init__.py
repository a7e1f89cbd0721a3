"""Personal data that a person had shown: what was asked for, by whom, and the record of it."""
