variable "name" {
  description = "Name of the bus and of its archive."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,48}$", var.name))
    error_message = "A name is 1 to 48 characters of a-z, 0-9 and -; an archive's may not be longer."
  }
}

variable "kms_key_arn" {
  description = "Key that events are encrypted with."
  type        = string
}

variable "fleet_role_pattern" {
  description = "ARN pattern of the roles of the fleet: the only ones that send as headgate.*."
  type        = string
}

variable "agents" {
  description = "Agents that may propose on the bus: id => the role that it acts with and the person who answers for it."
  type        = map(object({ role_arn = string, human_owner = string }))
  default     = {}

  validation {
    condition     = alltrue([for id, _ in var.agents : can(regex("^[a-z0-9][a-z0-9-]{0,62}$", id))])
    error_message = "An agent id is made of a-z, 0-9 and -."
  }
}

variable "archive_days" {
  description = "Days that events are kept for replay; 0 keeps them for ever."
  type        = number
  default     = 90
}
