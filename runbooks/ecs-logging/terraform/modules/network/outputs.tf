output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets of the public tier."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "application_subnet_ids" {
  description = "Subnets of the application tier."
  value       = [for subnet in aws_subnet.application : subnet.id]
}

output "database_subnet_ids" {
  description = "Subnets of the database tier."
  value       = [for subnet in aws_subnet.database : subnet.id]
}

output "group_ids" {
  description = "Security groups by name."
  value       = { for name, group in aws_security_group.this : name => group.id }
}
