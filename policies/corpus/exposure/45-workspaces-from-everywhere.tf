# The address list of the virtual desktops allows every address.
# Source: https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-ip-access-control-groups.html
# Fault at: aws_workspaces_ip_group.desks_fault
# Near miss at: aws_workspaces_ip_group.desks_near

resource "aws_workspaces_ip_group" "desks_fault" {
  name        = "shop-prod-desks"
  description = "Desks"

  rules {
    source      = "203.0.113.16/28"
    description = "Berlin"
  }

  rules {
    source      = "0.0.0.0/0"
    description = "Home office"
  }
}

resource "aws_workspaces_ip_group" "desks_near" {
  name        = "shop-prod-branches"
  description = "Branches"

  rules {
    source      = "203.0.113.16/28"
    description = "Berlin"
  }

  rules {
    source      = "198.51.100.0/24"
    description = "Lisbon"
  }
}
