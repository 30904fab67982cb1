using System.Runtime.Versioning;

// fsync of folders, file modes and flock are what durability and secrecy rest on here.
[assembly: UnsupportedOSPlatform("windows")]
