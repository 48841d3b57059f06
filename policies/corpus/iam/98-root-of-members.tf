# The change gives the members' root users their long-lived passwords and keys back.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
# Fault at: aws_iam_organizations_features.members_fault
# Near miss at: aws_iam_organizations_features.members_near

# Exists before: see before/main.tf.
resource "aws_iam_organizations_features" "members_fault" {
  enabled_features = ["RootSessions"]
}

resource "aws_iam_organizations_features" "members_near" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}
