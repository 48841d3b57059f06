# Member accounts may have passwords for their root users again.
# Source: IAM.6, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
# Fault at: aws_iam_organizations_features.root_not_centralised_fault
# Near miss at: aws_iam_organizations_features.root_not_centralised_near

resource "aws_iam_organizations_features" "root_not_centralised_fault" {
  enabled_features = ["RootSessions"]
}

resource "aws_iam_organizations_features" "root_not_centralised_near" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}
