# The environment's instances keep version 1 of the metadata service, which one of many settings says.
# Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html, EC2.8
# Fault at: aws_elastic_beanstalk_environment.eb_fault
# Near miss at: aws_elastic_beanstalk_environment.eb_near

resource "aws_elastic_beanstalk_application" "eb" {
  name        = "shop-prod-eb"
  description = "Back office"
}

resource "aws_elastic_beanstalk_environment" "eb_fault" {
  name                = "shop-prod-eb-v1"
  application         = aws_elastic_beanstalk_application.eb.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.5.2 running Python 3.13"
  tier                = "WebServer"
  dynamic "setting" {
    for_each = merge({
      "aws:ec2:vpc/VPCId"                                              = aws_vpc.work.id
      "aws:ec2:vpc/AssociatePublicIpAddress"                           = "false"
      "aws:elasticbeanstalk:environment/EnvironmentType"               = "LoadBalanced"
      "aws:elasticbeanstalk:environment/LoadBalancerType"              = "application"
      "aws:elasticbeanstalk:healthreporting:system/SystemType"         = "enhanced"
      "aws:elasticbeanstalk:cloudwatch:logs/StreamLogs"                = "true"
      "aws:elasticbeanstalk:managedactions:platformupdate/UpdateLevel" = "minor"
      "aws:elasticbeanstalk:managedactions/PreferredStartTime"         = "Sun:03:00"
      "aws:autoscaling:asg/MinSize"                                    = "2"
    }, { "aws:autoscaling:launchconfiguration/DisableIMDSv1" = "false", "aws:elasticbeanstalk:managedactions/ManagedActionsEnabled" = "true" })
    content {
      namespace = split("/", setting.key)[0]
      name      = split("/", setting.key)[1]
      value     = setting.value
    }
  }
}

resource "aws_elastic_beanstalk_environment" "eb_near" {
  name                = "shop-prod-eb"
  application         = aws_elastic_beanstalk_application.eb.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.5.2 running Python 3.13"
  tier                = "WebServer"
  dynamic "setting" {
    for_each = merge({
      "aws:ec2:vpc/VPCId"                                              = aws_vpc.work.id
      "aws:ec2:vpc/AssociatePublicIpAddress"                           = "false"
      "aws:elasticbeanstalk:environment/EnvironmentType"               = "LoadBalanced"
      "aws:elasticbeanstalk:environment/LoadBalancerType"              = "application"
      "aws:elasticbeanstalk:healthreporting:system/SystemType"         = "enhanced"
      "aws:elasticbeanstalk:cloudwatch:logs/StreamLogs"                = "true"
      "aws:elasticbeanstalk:managedactions:platformupdate/UpdateLevel" = "minor"
      "aws:elasticbeanstalk:managedactions/PreferredStartTime"         = "Sun:03:00"
      "aws:autoscaling:asg/MinSize"                                    = "2"
    }, { "aws:autoscaling:launchconfiguration/DisableIMDSv1" = "true", "aws:elasticbeanstalk:managedactions/ManagedActionsEnabled" = "true" })
    content {
      namespace = split("/", setting.key)[0]
      name      = split("/", setting.key)[1]
      value     = setting.value
    }
  }
}
