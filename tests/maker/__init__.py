"""Sample maker: facts of invented plans, printed in every format and in several layouts."""
