# Every person of the directory may use the application without being assigned to it.
# Source: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutApplicationAssignmentConfiguration.html
# Fault at: aws_ssoadmin_application_assignment_configuration.assigned_fault
# Near miss at: aws_ssoadmin_application_assignment_configuration.assigned_near

resource "aws_ssoadmin_application" "assigned_backoffice" {
  name                     = "shop-prod-backoffice"
  application_provider_arn = "arn:aws:sso::aws:applicationProvider/custom"
  instance_arn             = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}

resource "aws_ssoadmin_application_assignment_configuration" "assigned_fault" {
  application_arn     = aws_ssoadmin_application.assigned_backoffice.application_arn
  assignment_required = false
}

resource "aws_ssoadmin_application_assignment_configuration" "assigned_near" {
  application_arn     = aws_ssoadmin_application.assigned_backoffice.application_arn
  assignment_required = true
}
