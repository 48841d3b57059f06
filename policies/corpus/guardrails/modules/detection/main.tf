variable "active" {
  description = "Whether the detector works."
  type        = bool
  default     = true
}

variable "features" {
  description = "Features of the detector and their status."
  type        = map(string)
  default     = {}
}

resource "aws_guardduty_detector" "this" {
  enable                       = var.active
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_guardduty_detector_feature" "this" {
  for_each    = var.features
  detector_id = aws_guardduty_detector.this.id
  name        = each.key
  status      = each.value
}
