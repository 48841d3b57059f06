variable "zip_dir" {
  description = "Folder that contains {function}/bootstrap.zip for each function."
  type        = string
}

variable "jwks" {
  description = "Public keys (JWKS document) that verify local tokens."
  type        = string
}

variable "recorded_url" {
  description = "Base URL of the server of recorded answers that local models use. If null, the fleet has no models."
  type        = string
  default     = null
}

variable "standing_suites" {
  description = "Suites whose runs affect the standing of models: suite name => version."
  type        = map(string)
  default     = {}
}

variable "approval_slice_seconds" {
  description = "Seconds between reminders."
  type        = number
  default     = 5
}

variable "staging_expires_in_seconds" {
  description = "Seconds until an approval request in staging expires."
  type        = number
  default     = 10
}

variable "consumer_timeout_seconds" {
  description = "Timeout of a queue consumer, in seconds. Tests that kill functions set it low, so that messages are delivered again sooner."
  type        = number
  default     = 30
}
