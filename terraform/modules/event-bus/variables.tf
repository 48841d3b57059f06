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

variable "senders" {
  description = "Who besides the fleet sends on the bus: source => the role that it sends with, and what it may say (patterns of detail types)."
  type        = map(object({ role_arn = string, detail_types = list(string) }))
  default     = {}

  validation {
    condition     = alltrue([for source, _ in var.senders : can(regex("^[a-z0-9][a-z0-9.-]{0,62}$", source)) && !startswith(source, "headgate.")])
    error_message = "A source is made of a-z, 0-9, - and ., and is none of the fleet's own (headgate.)."
  }
}

variable "archive_days" {
  description = "Days that events are kept for replay; 0 keeps them for ever."
  type        = number
  default     = 90
}
