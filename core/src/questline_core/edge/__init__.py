"""What stands between the network and the routes: addresses, rates, sizes, times and origins."""
