package grader

import rego.v1

databases := [d | some d in input.hcl.resource.aws_db_instance]

evidence contains "there is no database" if count(databases) == 0

evidence contains "it is not PostgreSQL" if not databases[_].engine == "postgres"

evidence contains "its storage is not encrypted" if not databases[_].storage_encrypted == true

evidence contains "RDS does not manage its password" if not databases[_].manage_master_user_password == true

evidence contains "its password is in the configuration" if databases[_].password

evidence contains "it is publicly accessible" if databases[_].publicly_accessible == true

evidence contains "it has no subnet group" if not input.hcl.resource.aws_db_subnet_group

score := 1 - (count(evidence) / 7)
