variable "groups" {
  description = "Rules per group: from port, to port and source."
  type        = map(object({ port = number, cidr = optional(string, "10.0.0.0/8") }))
}

variable "security_group_id" {
  description = "Group to which the rules belong."
  type        = string
}

module "inner" {
  source   = "./inner"
  for_each = var.groups

  security_group_id = var.security_group_id
  rule              = [each.value.port, each.value.port, "tcp", each.key]
  cidr_blocks       = split(",", each.value.cidr)
}
