"""What a feed brought without a council: the national team gives each household, sponsor and application to one."""
