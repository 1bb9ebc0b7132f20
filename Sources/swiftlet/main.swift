import Commands

Swiftlet.main()
