# The role gets managed policies that control whole services: functions, machines, stacks, buckets, secrets, sign-in.
# Source: CKV_AWS_274, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSLambda_FullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonSSMFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSCloudFormationFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonS3FullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSOrganizationsFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSSSOMasterAccountAdministrator"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonEC2FullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonECS_FullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonSageMakerFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AmazonDynamoDBFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSStepFunctionsFullAccess"]
# Fault at: aws_iam_role_policy_attachment.many_fault["service-role/AmazonEC2RoleforSSM"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AdministratorAccess-Amplify"]
# Fault at: aws_iam_role_policy_attachment.many_fault["SecretsManagerReadWrite"]
# Fault at: aws_iam_role_policy_attachment.many_fault["AWSCodeBuildAdminAccess"]
# Near miss at: aws_iam_role_policy_attachment.many_near["AWSCloudShellFullAccess"]
# Near miss at: aws_iam_role_policy_attachment.many_near["AmazonSSMManagedInstanceCore"]
# Near miss at: aws_iam_role_policy_attachment.many_near["service-role/AWSBackupServiceRolePolicyForBackup"]
# Near miss at: aws_iam_role_policy_attachment.many_near["AmazonEKSClusterPolicy"]
# Near miss at: aws_iam_role_policy_attachment.many_near["SecurityAudit"]

resource "aws_iam_role" "many_app" {
  name = "shop-prod-many-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "many_fault" {
  for_each = toset([
    "AWSLambda_FullAccess", "AmazonSSMFullAccess", "AWSCloudFormationFullAccess", "AmazonS3FullAccess", "AWSOrganizationsFullAccess",
    "AWSSSOMasterAccountAdministrator", "AmazonEC2FullAccess", "AmazonECS_FullAccess", "AmazonSageMakerFullAccess", "AmazonDynamoDBFullAccess",
    "AWSStepFunctionsFullAccess", "service-role/AmazonEC2RoleforSSM", "AdministratorAccess-Amplify", "SecretsManagerReadWrite", "AWSCodeBuildAdminAccess",
  ])
  role       = aws_iam_role.many_app.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

# FullAccess and Service in the name, but what AWS gives to every instance, backup role or cluster.
resource "aws_iam_role_policy_attachment" "many_near" {
  for_each   = toset(["AWSCloudShellFullAccess", "AmazonSSMManagedInstanceCore", "service-role/AWSBackupServiceRolePolicyForBackup", "AmazonEKSClusterPolicy", "SecurityAudit"])
  role       = aws_iam_role.many_app.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}
