variable "zip_dir" {
  description = "Folder with {function}/bootstrap.zip."
  type        = string
}

variable "jwks" {
  description = "Public keys that local tokens are verified with."
  type        = string
}

variable "recorded_url" {
  description = "Server of recorded answers that the local models ask; without one there are no models."
  type        = string
  default     = null
}

variable "standing_suites" {
  description = "Suites whose runs count for what models have earned, each with its version."
  type        = map(string)
  default     = {}
}

variable "approval_slice_seconds" {
  description = "Seconds between reminders."
  type        = number
  default     = 5
}

variable "staging_expires_in_seconds" {
  description = "Seconds that a request in staging waits for its one approver."
  type        = number
  default     = 10
}

variable "consumer_timeout_seconds" {
  description = "Longest run of a queue consumer; short where functions are killed, so that it does not take long until a message is delivered again."
  type        = number
  default     = 30
}
