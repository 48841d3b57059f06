# A tag contains a token.
# Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html (no sensitive information in tags)
# Fault at: aws_sfn_activity.sectag_fault
# Near miss at: aws_sfn_activity.sectag_near

resource "aws_sfn_activity" "sectag_fault" {
  name = "shop-prod-sectag-fault"
  tags = { Webhook = "dapi7f835ef2e2991054366a84bdb80595d4" }
}

resource "aws_sfn_activity" "sectag_near" {
  name = "shop-prod-sectag-near"
  tags = { Commit = "47c819779d889dd08ab41aa342310fc2468318fd", TicketId = "d0c9bd09-0d22-10f8-6950-ed723c363858" }
}
