# A module switches GuardDuty off through the value that the caller gives.
# Source: GuardDuty.1, CKV_AWS_238
# Fault at: module.guardduty_in_module_fault.aws_guardduty_detector.this
# Near miss at: module.guardduty_in_module_near.aws_guardduty_detector.this

module "guardduty_in_module_fault" {
  source   = "./modules/detection"
  features = { S3_DATA_EVENTS = "ENABLED", EBS_MALWARE_PROTECTION = "ENABLED" }
  active   = false
}

module "guardduty_in_module_near" {
  source   = "./modules/detection"
  features = { S3_DATA_EVENTS = "ENABLED", EBS_MALWARE_PROTECTION = "ENABLED" }
}
