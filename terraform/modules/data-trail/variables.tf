variable "name" {
  description = "Name of the trail. Those of the rules that raise alarms begin with it."
  type        = string
}

variable "bucket" {
  description = "Name of the bucket that takes the trail's files, best in another account. Its policy must admit CloudTrail."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the trail's files; null leaves that to the bucket. Its policy must admit CloudTrail."
  type        = string
  default     = null
}

variable "account_id" {
  description = "ID of the fleet's account."
  type        = string
}

variable "table_arns" {
  description = "ARNs of the tables. What begins alike is recorded, too: a restored table has a longer name."
  type        = list(string)

  validation {
    condition     = length(var.table_arns) > 0
    error_message = "table_arns must name a table. Without one, CloudTrail would record the writes to every table of the account."
  }
}

variable "log_bucket_arn" {
  description = "ARN of the transparency log's bucket."
  type        = string
}

variable "key_arns" {
  description = "ARNs of the keys that sign permits. A change of who may use them raises an alarm."
  type        = list(string)
  default     = []
}

variable "writer_roles" {
  description = "Names of the fleet's roles that write. A write by anything else raises the alarm, also one that was denied."
  type        = list(string)
}

variable "alarm_topic_arns" {
  description = "ARNs of the SNS topics that are told. Their policies must admit EventBridge."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of every resource, in addition to the provider's default tags."
  type        = map(string)
  default     = {}
}
