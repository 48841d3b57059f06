# The option settings of an environment open SSH to everybody and give its instances public addresses.
# Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
# Fault at: aws_elastic_beanstalk_environment.settings_fault
# Near miss at: aws_elastic_beanstalk_environment.settings_near

resource "aws_elastic_beanstalk_application" "shop" {
  name = "shop-prod-site"
}

resource "aws_elastic_beanstalk_environment" "settings_fault" {
  name                = "shop-prod-site-a"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  dynamic "setting" {
    for_each = {
      SSHSourceRestriction     = ["aws:autoscaling:launchconfiguration", "tcp,22,22,0.0.0.0/0"]
      EC2KeyName               = ["aws:autoscaling:launchconfiguration", "shop-prod-site"]
      DisableIMDSv1            = ["aws:autoscaling:launchconfiguration", "true"]
      VPCId                    = ["aws:ec2:vpc", aws_vpc.shop.id]
      Subnets                  = ["aws:ec2:vpc", aws_subnet.public_a.id]
      AssociatePublicIpAddress = ["aws:ec2:vpc", "true"]
      SystemType               = ["aws:elasticbeanstalk:healthreporting:system", "enhanced"]
      ManagedActionsEnabled    = ["aws:elasticbeanstalk:managedactions", "true"]
      StreamLogs               = ["aws:elasticbeanstalk:cloudwatch:logs", "true"]
    }
    content {
      name      = setting.key
      namespace = setting.value[0]
      value     = setting.value[1]
    }
  }
}

# A public site: its load balancer faces the internet, its instances do not.
resource "aws_elastic_beanstalk_environment" "settings_near" {
  name                = "shop-prod-site-b"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  dynamic "setting" {
    for_each = {
      SSHSourceRestriction     = ["aws:autoscaling:launchconfiguration", "tcp,22,22,${aws_security_group.app.id}"]
      EC2KeyName               = ["aws:autoscaling:launchconfiguration", "shop-prod-site"]
      DisableIMDSv1            = ["aws:autoscaling:launchconfiguration", "true"]
      VPCId                    = ["aws:ec2:vpc", aws_vpc.shop.id]
      Subnets                  = ["aws:ec2:vpc", aws_subnet.private_a.id]
      ELBSubnets               = ["aws:ec2:vpc", aws_subnet.public_a.id]
      ELBScheme                = ["aws:ec2:vpc", "public"]
      AssociatePublicIpAddress = ["aws:ec2:vpc", "false"]
      SystemType               = ["aws:elasticbeanstalk:healthreporting:system", "enhanced"]
      ManagedActionsEnabled    = ["aws:elasticbeanstalk:managedactions", "true"]
      StreamLogs               = ["aws:elasticbeanstalk:cloudwatch:logs", "true"]
    }
    content {
      name      = setting.key
      namespace = setting.value[0]
      value     = setting.value[1]
    }
  }
}
