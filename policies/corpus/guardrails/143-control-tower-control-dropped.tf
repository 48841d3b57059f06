# Control Tower stops enforcing a control on the production unit.
# Source: https://docs.aws.amazon.com/controltower/latest/controlreference/disable-controls.html
# Fault at: aws_controltower_control.control_tower_control_dropped_fault
# Near miss at: aws_controltower_control.control_tower_control_dropped_near

resource "aws_controltower_control" "control_tower_control_dropped_near" {
  control_identifier = "arn:aws:controltower:${var.region}::control/AWS-GR_ENCRYPTED_VOLUMES"
  target_identifier  = "arn:aws:organizations:::ou/o-a1b2c3d4e5/ou-a1b2-c3d4e5f6"
}
