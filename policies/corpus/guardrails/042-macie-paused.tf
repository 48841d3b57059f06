# Macie is paused.
# Source: Macie.1
# Fault at: aws_macie2_account.macie_paused_fault
# Near miss at: aws_macie2_account.macie_paused_near

resource "aws_macie2_account" "macie_paused_fault" {
  status                       = "PAUSED"
  finding_publishing_frequency = "SIX_HOURS"
}

resource "aws_macie2_account" "macie_paused_near" {
  status                       = "ENABLED"
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}
