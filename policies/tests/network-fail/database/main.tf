variable "subnets" {
  description = "Where the database is."
  type        = list(string)
}

resource "aws_db_subnet_group" "this" {
  name       = "shop-prod-database"
  subnet_ids = var.subnets
}
