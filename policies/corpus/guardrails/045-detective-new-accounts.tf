# New accounts of the organisation no longer report to Detective.
# Source: https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-members-autoenable.html
# Fault at: aws_detective_organization_configuration.detective_new_accounts_fault
# Near miss at: aws_detective_organization_configuration.detective_new_accounts_near

resource "aws_detective_organization_configuration" "detective_new_accounts_fault" {
  graph_arn   = "arn:aws:detective:::graph:aaaabbbbccccddddeeeeffff00001111"
  auto_enable = false
}

resource "aws_detective_organization_configuration" "detective_new_accounts_near" {
  graph_arn   = "arn:aws:detective:::graph:aaaabbbbccccddddeeeeffff00001111"
  auto_enable = true
}
