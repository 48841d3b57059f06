variable "name" {
  description = "Name of the environment, as in `environments` of the fleet. The roles are named headgate-{name}-apply, -plan and -break-glass."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,32}$", var.name))
    error_message = "name must have 1 to 32 characters of a-z, 0-9 and -."
  }
}

variable "fleet" {
  description = "permits_role_arn: ARN of the role of `permits-api`, output of modules/fleet; nobody else can assume the apply role. external_id: a random text that the fleet sends, in `access.external_id` of the environment; it keeps another customer's fleet from using your role."
  type = object({
    permits_role_arn = string
    external_id      = string
  })

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.fleet.permits_role_arn))
    error_message = "fleet.permits_role_arn must be the ARN of a role."
  }

  validation {
    condition     = length(var.fleet.external_id) >= 16 && length(var.fleet.external_id) <= 1224
    error_message = "fleet.external_id must have 16 to 1224 characters."
  }
}

variable "apply_policy_arns" {
  description = "Policies of the apply role: the most that any apply may do. Each apply may do only what its plan needs of it."
  type        = list(string)

  validation {
    condition     = length(var.apply_policy_arns) > 0
    error_message = "apply_policy_arns must contain at least one policy, for example arn:aws:iam::aws:policy/PowerUserAccess."
  }
}

variable "plan" {
  description = "principals: ARNs of roles, of agents or CI, that may assume the plan role, which can read but not write. oidc: a provider such as GitHub's, the audience and the subjects (patterns) that may assume it. state_arns: ARNs of state objects that a plan reads, such as arn:aws:s3:::states/orders.tfstate; state_key_arns: keys of KMS that encrypt them."
  type = object({
    principals = optional(list(string), [])
    oidc = optional(object({
      provider_arn = string
      host         = string
      audience     = optional(string, "sts.amazonaws.com")
      subjects     = list(string)
    }))
    state_arns     = optional(list(string), [])
    state_key_arns = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = var.plan.oidc == null || alltrue([for s in try(var.plan.oidc.subjects, []) : can(regex("^[^*?]{8,}", s))]) && length(try(var.plan.oidc.subjects, ["none"])) > 0
    error_message = "plan.oidc.subjects must name subjects, with 8 characters or more before a wildcard: repo:* would let everybody at the provider read the account."
  }
}

variable "break_glass" {
  description = "Whom to let in if Headgate is down. principals: ARNs of people's roles or users; they need multi-factor authentication, unless mfa is false, because their identity provider demands it (Identity Center and SAML do not tell AWS). policy_arns: what they may do. alarm_topic_arns: SNS topics that are told at once when somebody uses it. Without principals there is no such role."
  type = object({
    principals       = optional(list(string), [])
    mfa              = optional(bool, true)
    policy_arns      = optional(list(string), [])
    alarm_topic_arns = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = length(var.break_glass.principals) == 0 || length(var.break_glass.alarm_topic_arns) > 0
    error_message = "break_glass needs alarm_topic_arns: nobody may come in unnoticed."
  }

  validation {
    condition     = length(var.break_glass.principals) == 0 || length(var.break_glass.policy_arns) > 0
    error_message = "break_glass needs policy_arns."
  }
}

variable "protected_role_arns" {
  description = "Patterns of roles that no apply may change, besides the roles of this module, of AWS Organizations, Control Tower and Identity Center: for example your administrators' roles."
  type        = list(string)
  default     = []
}

variable "exempt_principal_arns" {
  description = "Patterns of principals that `service_control_policy` does not stop, besides the roles of this module and services: people's read-only roles, and the role with which you deploy this module."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
