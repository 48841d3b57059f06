# Every address may push video into the live channel.
# Source: https://docs.aws.amazon.com/medialive/latest/ug/working-with-input-security-groups.html
# Fault at: aws_medialive_input_security_group.video_fault
# Near miss at: aws_medialive_input_security_group.video_near

resource "aws_medialive_input_security_group" "video_fault" {
  whitelist_rules {
    cidr = "0.0.0.0/0"
  }
}

resource "aws_medialive_input_security_group" "video_near" {
  whitelist_rules {
    cidr = "203.0.113.16/28"
  }

  whitelist_rules {
    cidr = "10.0.0.0/8"
  }
}
